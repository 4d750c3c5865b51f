/** The audit log: what the gateway wrote about each call, and the events made of it. */
@NullMarked
package dev.longshore.aws.audit;

import org.jspecify.annotations.NullMarked;
