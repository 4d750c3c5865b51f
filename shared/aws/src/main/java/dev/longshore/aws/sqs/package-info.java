/** Nudges and portions of work as messages of SQS. */
@NullMarked
package dev.longshore.aws.sqs;

import org.jspecify.annotations.NullMarked;
