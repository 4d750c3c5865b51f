@NullMarked
package dev.longshore.aws.repair;

import org.jspecify.annotations.NullMarked;
