/** Rules of validation, proved. */
@NullMarked
package dev.longshore.core.validation;

import org.jspecify.annotations.NullMarked;
