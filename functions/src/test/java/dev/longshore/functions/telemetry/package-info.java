/** Lines of logs and metrics as CloudWatch gets them. */
@NullMarked
package dev.longshore.functions.telemetry;

import org.jspecify.annotations.NullMarked;
