package dev.longshore.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * The stack's template, with all that a person may set.
 *
 * @param resources by their names
 * @param findings of cdk-nag, line by line
 */
record Template(JsonNode resources, List<String> findings) {
  static final String BOUNDARY = "arn:aws:iam::111122223333:policy/bound";

  Template {
    findings = List.copyOf(findings);
  }

  /** Made in this folder. */
  static Template synthesised(Path folder) throws IOException {
    Path code = Files.createDirectories(folder.resolve("functions"));
    Files.writeString(code.resolve("placeholder"), "code");
    Path out = folder.resolve("out");
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            "[{\"role\":\"%s\",\"queues\":[\"etl\"]}]".formatted(GrantedResource.JOB_ROLE));
    App app =
        new App(
            AppProps.builder()
                .outdir(out.toString())
                .context(
                    Map.of(
                        "jobRoles",
                        GrantedResource.JOB_ROLE,
                        "jobRoleRules",
                        rules.toString(),
                        "instanceRoles",
                        GrantedResource.INSTANCE_ROLE,
                        "vpc",
                        "vpc-1",
                        "subnets",
                        "subnet-1, subnet-2",
                        "permissionsBoundary",
                        BOUNDARY))
                .build());
    Main.stack(app, code);
    app.synth();
    return new Template(
        new ObjectMapper()
            .readTree(out.resolve("longshore.template.json").toFile())
            .path("Resources"),
        Files.readAllLines(out.resolve("AwsSolutions-longshore-NagReport.csv")));
  }

  /** Properties of all resources of a type. */
  List<JsonNode> all(String type) {
    List<JsonNode> found = new ArrayList<>();
    resources.forEach(resource -> {
      if (resource.path("Type").asText().equals(type)) {
        found.add(resource.path("Properties"));
      }
    });
    return found;
  }

  /** Statements of the role of a function. */
  List<JsonNode> statements(Part part) {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode policy : all("AWS::IAM::Policy")) {
      if (policy.path("Roles").toString().contains(part.id() + "Role")) {
        policy.path("PolicyDocument").path("Statement").forEach(statements::add);
      }
    }
    return statements;
  }
}
