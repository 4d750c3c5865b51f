/** JSON from and to the model classes of the AWS SDK, by their own field tables. */
@NullMarked
package dev.longshore.wire.codec;

import org.jspecify.annotations.NullMarked;
