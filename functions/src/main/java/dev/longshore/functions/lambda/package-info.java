/**
 * Entry points of the deployed functions, each with a component that has no more than it needs.
 * Lambda makes one object of an entry point per environment, by the constructor without arguments.
 */
@NullMarked
package dev.longshore.functions.lambda;

import org.jspecify.annotations.NullMarked;
