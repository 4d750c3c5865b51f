/**
 * What the use cases need from the world. Each port has a contract test that every implementation
 * passes, in memory or real.
 *
 * <p>Common promises: a {@code find} is a consistent read and decides; the index ({@link
 * dev.longshore.core.port.JobStore#line}) lags and only hints. A conditional write answers {@code
 * false} when its condition did not hold and then changed nothing. Any method may throw a {@link
 * dev.longshore.core.port.StoreException} when the store cannot be reached; the write may then have
 * happened or not.
 */
@NullMarked
package dev.longshore.core.port;

import org.jspecify.annotations.NullMarked;
