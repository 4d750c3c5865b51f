/** What the functions need of their roles, as it is seen from what they ask AWS for. */
@NullMarked
package dev.longshore.functions.permission;

import org.jspecify.annotations.NullMarked;
