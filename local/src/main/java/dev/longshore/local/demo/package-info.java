/** A real pipeline on a fresh service, through its endpoint as any client would. */
@NullMarked
package dev.longshore.local.demo;

import org.jspecify.annotations.NullMarked;
