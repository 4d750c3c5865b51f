/** Proves the stores on an embedded DynamoDB. */
@NullMarked
package dev.longshore.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
