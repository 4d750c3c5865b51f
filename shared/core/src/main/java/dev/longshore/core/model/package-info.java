/**
 * What exists: jobs, arrays, hosts, queues, environments, definitions. Values only, no behaviour.
 */
@NullMarked
package dev.longshore.core.model;

import org.jspecify.annotations.NullMarked;
