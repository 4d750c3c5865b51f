/** What could not be done at once and is done again later: the messages of the repair queue. */
@NullMarked
package dev.longshore.aws.repair;

import org.jspecify.annotations.NullMarked;
