/** The core's ports on the AWS SDK. */
@NullMarked
package dev.longshore.aws;

import org.jspecify.annotations.NullMarked;
