package dev.longshore.local.runner;

/**
 * Which of several containers of a task.
 *
 * @param name name of the container
 * @param essential true when its end is the task's
 * @param of how many containers the task has
 */
record TaskPart(String name, boolean essential, int of) {}
