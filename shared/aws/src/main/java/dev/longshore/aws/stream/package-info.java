/** What the records of the table's stream say, whoever delivers them. */
@NullMarked
package dev.longshore.aws.stream;

import org.jspecify.annotations.NullMarked;
