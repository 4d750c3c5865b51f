/** Tests of the EC2 adapters, and an EC2 in memory. */
@NullMarked
package dev.longshore.aws.ec2;

import org.jspecify.annotations.NullMarked;
