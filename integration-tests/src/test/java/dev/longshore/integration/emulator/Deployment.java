package dev.longshore.integration.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Does what {@code cdk deploy} does, with the app's own output. Only the recorder of calls is put
 * into the functions' artifact besides.
 */
final class Deployment {
  static final String STACK = "longshore";

  /** A role that jobs may have when {@link #CALLER} gives it to them, in {@link #QUEUE}. */
  static final String ROLE = "arn:aws:iam::000000000000:role/etl";

  static final String CALLER = "pipeline";
  static final String QUEUE = "nightly";

  private final Emulator emulator;
  private final Path folder;
  private final UnaryOperator<byte[]> change;

  /** Of the template as it is. */
  Deployment(Emulator emulator, Path folder) {
    this(emulator, folder, UnaryOperator.identity());
  }

  /**
   * Of another template.
   *
   * @param change what is changed in it for this emulator
   */
  Deployment(Emulator emulator, Path folder, UnaryOperator<byte[]> change) {
    this.emulator = emulator;
    this.folder = folder;
    this.change = change;
  }

  /** Synthesises and deploys; the stack's outputs by name. */
  Map<String, String> run() throws IOException, InterruptedException {
    synthesise();
    String account;
    try (StsClient sts = emulator.client(StsClient.builder())) {
      account = sts.getCallerIdentity().account();
    }
    String template = "";
    JsonNode files = new ObjectMapper().readTree(assets().toFile()).path("files");
    try (S3Client s3 = emulator.client(S3Client.builder().forcePathStyle(true))) {
      String bucket = "cdk-hnb659fds-assets-%s-%s".formatted(account, emulator.region());
      s3.createBucket(create -> create.bucket(bucket));
      for (JsonNode file : files) {
        Path source = folder.resolve(file.at("/source/path").asText());
        String key = file.path("destinations").iterator().next().path("objectKey").asText();
        boolean whole = key.endsWith(".json");
        byte[] bytes = Files.isDirectory(source) ? zipped(source) : Files.readAllBytes(source);
        s3.putObject(
            put -> put.bucket(bucket).key(key),
            RequestBody.fromBytes(whole ? change.apply(bytes) : bytes));
        if (whole) {
          template = emulator.endpoint() + "/" + bucket + "/" + key;
        }
      }
    }
    try (SsmClient ssm = emulator.client(SsmClient.builder())) {
      ssm.putParameter(put ->
          put.name("/cdk-bootstrap/hnb659fds/version").value("30").type(ParameterType.STRING));
    }
    return create(template);
  }

  private Path assets() {
    return folder.resolve(STACK + ".assets.json");
  }

  /** As the CDK's command runs it. */
  private void synthesise() throws IOException, InterruptedException {
    ProcessBuilder app =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.longshore.infra.Main",
            code().toString());
    app.environment().put("CDK_OUTDIR", folder.toString());
    app.environment().put("CDK_CONTEXT_JSON", context());
    app.redirectErrorStream(true);
    Process process = app.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the CDK app failed: " + said);
    }
  }

  private String context() throws IOException {
    ObjectNode context = new ObjectMapper().createObjectNode();
    Files.createDirectories(folder);
    String rule =
        "[{\"role\":\"%s\",\"callers\":[\"arn:aws:iam::*:user/%s\"],\"queues\":[\"%s\"]}]"
            .formatted(ROLE, CALLER, QUEUE);
    return context
        .put("emulator", "true")
        .put("jobRoles", ROLE)
        .put("jobRoleRules", Files.writeString(folder.resolve("rules.json"), rule).toString())
        .toString();
  }

  /** What the build of the functions left beside this module's own output. */
  private static Path code() {
    Path module = Path.of("").toAbsolutePath();
    Path built = module.relativize(Path.of(System.getProperty("longshore.build")));
    return module.resolveSibling("functions").resolve(built).resolve("lambda");
  }

  private Map<String, String> create(String template) throws InterruptedException {
    try (CloudFormationClient cloud = emulator.client(CloudFormationClient.builder())) {
      cloud.createStack(create ->
          create
              .stackName(STACK)
              .templateURL(template)
              .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM));
      for (int tries = 0; tries < 720; tries++) {
        Stack stack = cloud.describeStacks(it -> it.stackName(STACK)).stacks().getFirst();
        if (!stack.stackStatusAsString().endsWith("IN_PROGRESS")) {
          if (!stack.stackStatusAsString().equals("CREATE_COMPLETE")) {
            throw new IllegalStateException(stack + " " + failures(cloud));
          }
          return stack.outputs().stream()
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
        }
        Thread.sleep(250);
      }
      throw new IllegalStateException("the stack is not deployed after three minutes");
    }
  }

  private static List<String> failures(CloudFormationClient cloud) {
    return cloud.describeStackEvents(it -> it.stackName(STACK)).stackEvents().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
        .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
        .toList();
  }

  /** Stored, not compressed: the jars in it are. */
  private static byte[] zipped(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(folder)) {
      zip.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
      for (Map.Entry<String, byte[]> each : SeenCalls.recorder().entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
