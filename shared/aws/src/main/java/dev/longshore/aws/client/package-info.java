/** How clients of AWS are built so that a function starts fast. */
@NullMarked
package dev.longshore.aws.client;

import org.jspecify.annotations.NullMarked;
