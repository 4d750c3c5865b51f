/** Tests of the ECS adapters, and an ECS in memory. */
@NullMarked
package dev.longshore.aws.ecs;

import org.jspecify.annotations.NullMarked;
