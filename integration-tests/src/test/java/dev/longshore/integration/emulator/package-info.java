/** The stack as it is deployed, on an emulator of AWS. */
@NullMarked
package dev.longshore.integration.emulator;

import org.jspecify.annotations.NullMarked;
