/** The stores on one DynamoDB table; the only place that knows its key and attribute names. */
@NullMarked
package dev.longshore.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
