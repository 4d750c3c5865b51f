/** Tests of the audit log. */
@NullMarked
package dev.longshore.aws.audit;

import org.jspecify.annotations.NullMarked;
