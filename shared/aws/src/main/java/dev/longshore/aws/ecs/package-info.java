/** ECS: tasks, clusters and the events of both. */
@NullMarked
package dev.longshore.aws.ecs;

import org.jspecify.annotations.NullMarked;
