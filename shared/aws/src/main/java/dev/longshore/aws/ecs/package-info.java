/** What ECS says: its events as observations. */
@NullMarked
package dev.longshore.aws.ecs;

import org.jspecify.annotations.NullMarked;
