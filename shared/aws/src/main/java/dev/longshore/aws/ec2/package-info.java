/** EC2: instances that are launched for compute environments, and what is said of them. */
@NullMarked
package dev.longshore.aws.ec2;

import org.jspecify.annotations.NullMarked;
