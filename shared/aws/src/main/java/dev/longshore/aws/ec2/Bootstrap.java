package dev.longshore.aws.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ComputeEnvironment;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * User data: what a new instance does to join its cluster ({@code batch-semantics} 20.3). It is a
 * MIME archive, so that a part of the user's launch template can stand beside ours.
 */
final class Bootstrap {
  private static final String BOUNDARY = "==LONGSHORE==";

  /** Memory that jobs do not get ({@code batch-semantics} 12.4). */
  private static final int RESERVED_MIB = 32;

  private static final String DRIVERS =
      "[\"json-file\",\"awslogs\",\"syslog\",\"journald\",\"gelf\",\"fluentd\",\"splunk\"]";

  private Bootstrap() {}

  /**
   * User data in Base64.
   *
   * @param environment name of the compute environment
   * @param gpu true for an instance with GPUs; the agent of another one does not start with them
   * @param users user data of the user's launch template in Base64, absent when there is none
   * @throws IllegalArgumentException when the user's is no MIME archive
   */
  static String userData(String environment, boolean gpu, @Nullable String users) {
    StringBuilder text = new StringBuilder(2048);
    text.append("MIME-Version: 1.0\n")
        .append("Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\n\n");
    if (users != null && !users.isBlank()) {
      text.append(parts(new String(Base64.getMimeDecoder().decode(users), UTF_8)));
    }
    text.append("--" + BOUNDARY + "\n")
        .append("Content-Type: text/x-shellscript; charset=\"us-ascii\"\n\n")
        .append(script(environment, gpu))
        .append("--" + BOUNDARY + "--\n");
    return Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8));
  }

  /** The parts of an archive with our boundary before each. */
  private static String parts(String archive) {
    String head = archive.substring(0, Math.min(archive.length(), 1024));
    int at = head.indexOf("boundary=");
    if (at < 0) {
      throw new IllegalArgumentException(
          "The user data of the launch template is not in MIME multi-part format.");
    }
    String rest = head.substring(at + "boundary=".length());
    String boundary =
        rest.startsWith("\"")
            ? rest.substring(1, rest.indexOf('"', 1))
            : rest.split("[\\s;]", 2)[0];
    StringBuilder parts = new StringBuilder();
    String[] pieces = archive.replace("\r\n", "\n").split("(?m)^--" + Pattern.quote(boundary), -1);
    for (int i = 1; i < pieces.length; i++) {
      if (!pieces[i].startsWith("--")) {
        parts.append("--" + BOUNDARY).append(pieces[i]);
        parts.append(pieces[i].endsWith("\n") ? "" : "\n");
      }
    }
    return parts.toString();
  }

  /** A Spot host that is called back takes no more tasks; we hear of it by an event as well. */
  private static String script(String environment, boolean gpu) {
    return """
    #!/bin/bash
    mkdir -p /etc/ecs
    cat >> /etc/ecs/ecs.config <<'LONGSHORE'
    ECS_CLUSTER=%s
    ECS_INSTANCE_ATTRIBUTES={"longshore.environment":"%s"}
    ECS_RESERVED_MEMORY=%d
    ECS_AVAILABLE_LOGGING_DRIVERS=%s
    ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
    ECS_ENABLE_TASK_IAM_ROLE=true
    ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
    ECS_ENABLE_TASK_ENI=true
    ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=10m
    %sLONGSHORE
    """
        .formatted(
            ComputeEnvironment.clusterOf(environment),
            environment,
            RESERVED_MIB,
            DRIVERS,
            gpu ? "ECS_ENABLE_GPU_SUPPORT=true\n" : "");
  }
}
