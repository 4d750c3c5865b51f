/** Messages as they are sent. */
@NullMarked
package dev.longshore.aws.sqs;

import org.jspecify.annotations.NullMarked;
