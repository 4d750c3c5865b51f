package dev.longshore.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The CDK app: what {@code cdk deploy} in {@code infra-cdk} runs. */
public final class Main {
  private Main() {}

  /** Synthesises; the first argument is the folder with the functions' code. */
  public static void main(String[] args) {
    App app = new App();
    stack(app, Path.of(args[0]));
    app.synth();
  }

  /**
   * The stack, named and set by the app's context, with every rule of cdk-nag's AwsSolutions on it.
   */
  static LongshoreStack stack(App app, Path code) {
    Object name = app.getNode().tryGetContext("stack");
    LongshoreStack stack =
        new LongshoreStack(
            app,
            name == null ? "longshore" : name.toString(),
            StackSettings.of(app.getNode()),
            code);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    return stack;
  }
}
