/** Settings from variables. */
@NullMarked
package dev.longshore.aws.settings;

import org.jspecify.annotations.NullMarked;
