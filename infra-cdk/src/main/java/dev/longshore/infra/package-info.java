/** The service in an AWS account: table, queues, functions, roles, API and alarms, as a CDK app. */
@NullMarked
package dev.longshore.infra;

import org.jspecify.annotations.NullMarked;
