/** Settings of deployed functions; the only place that reads the environment. */
@NullMarked
package dev.longshore.aws.settings;

import org.jspecify.annotations.NullMarked;
