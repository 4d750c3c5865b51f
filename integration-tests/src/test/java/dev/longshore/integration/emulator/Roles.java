package dev.longshore.integration.emulator;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/** Roles of the deployed stack. */
final class Roles {
  private Roles() {}

  /** Takes all policies from the role with this in its name. */
  static void strip(Emulator emulator, String part) {
    try (IamClient iam = emulator.client(IamClient.builder())) {
      String role =
          iam.listRolesPaginator().roles().stream()
              .map(Role::roleName)
              .filter(name -> name.contains(part))
              .findFirst()
              .orElseThrow();
      for (String policy : iam.listRolePolicies(it -> it.roleName(role)).policyNames()) {
        iam.deleteRolePolicy(it -> it.roleName(role).policyName(policy));
      }
    }
  }
}
