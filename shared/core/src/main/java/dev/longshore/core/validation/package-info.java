/** The rules that bad input is measured by, with the words of the service. */
@NullMarked
package dev.longshore.core.validation;

import org.jspecify.annotations.NullMarked;
