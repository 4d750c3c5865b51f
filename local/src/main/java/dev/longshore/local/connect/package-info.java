/** An endpoint on this machine for a service in an AWS account: signs and passes on. */
@NullMarked
package dev.longshore.local.connect;

import org.jspecify.annotations.NullMarked;
