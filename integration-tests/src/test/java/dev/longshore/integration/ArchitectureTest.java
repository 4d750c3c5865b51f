package dev.longshore.integration;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Lifecycle;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.usecase.JobWrites;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls inside and between modules that a pom cannot draw. */
class ArchitectureTest {
  private static final String ROOT = "dev.longshore.";
  private static final String SDK = "software.amazon.awssdk..";
  private static final String SDK_DYNAMODB = "software.amazon.awssdk.services.dynamodb..";

  /** Where clients are built and wired; nothing is decided there. */
  private static final String[] COMPOSITION = {
    ROOT + "functions.wiring..", ROOT + "functions.lambda..", ROOT + "local.."
  };

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .withImportOption(location -> !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages("dev.longshore");
  }

  @Test
  void everyModuleIsOnTheClassPath() {
    Set<String> modules = new TreeSet<>();
    for (JavaClass type : classes) {
      modules.add(type.getPackageName().split("\\.", -1)[2]);
    }
    assertThat(modules)
        .contains("core", "wire", "aws", "functions", "simulator", "local", "benchmarks");
  }

  @Test
  void coreDependsOnTheJdkOnly() {
    check(
        classes()
            .that()
            .resideInAPackage(ROOT + "core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + "core.."));
  }

  @Test
  void theModelDependsOnNothingElseInTheCore() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "core.model..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(ROOT + "core..")
                    .and(not(resideInAPackage(ROOT + "core.model..")))));
  }

  /** What instance types offer is a table to read, not the outside world. */
  @Test
  void decisionsKnowNeitherPortsNorUseCases() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                ROOT + "core.plan..", ROOT + "core.capacity..", ROOT + "core.lifecycle..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(ROOT + "core.port..", ROOT + "core.usecase..")
                    .and(not(belongToAnyOf(InstanceTypes.class)))));
  }

  @Test
  void onlyAdaptersAndCompositionUseTheSdk() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longshore..")
            .and()
            .resideOutsideOfPackages(ROOT + "aws..", ROOT + "wire..", ROOT + "benchmarks..")
            .and()
            .resideOutsideOfPackages(COMPOSITION)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SDK));
  }

  @Test
  void wireUsesOnlyTheBatchModelAndTheFieldTraits() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "wire..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(SDK)
                    .and(
                        not(
                            resideInAnyPackage(
                                "software.amazon.awssdk.services.batch.model..",
                                "software.amazon.awssdk.core..",
                                "software.amazon.awssdk.utils..")))));
  }

  @Test
  void onlyTheStoreSpeaksDynamoDb() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longshore..")
            .and()
            .resideOutsideOfPackages(
                ROOT + "aws.dynamodb..", ROOT + "aws.stream..", ROOT + "aws.client..")
            .and()
            .resideOutsideOfPackages(COMPOSITION)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SDK_DYNAMODB));
  }

  @Test
  void handlersDoNotCallEachOther() {
    Set<String> calls = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        JavaClass target = use.getTargetClass();
        if (isHandler(type) && isHandler(target) && !outermost(type).equals(outermost(target))) {
          calls.add(use.getDescription());
        }
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void onlyCompositionKnowsDagger() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longshore..")
            .and()
            .resideOutsideOfPackages(COMPOSITION)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dagger.."));
  }

  @Test
  void timeChanceAndSettingsComeInThroughPorts() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longshore..")
            .and()
            .resideOutsideOfPackages(
                ROOT + "aws.settings..",
                ROOT + "aws.client..",
                ROOT + "local..",
                ROOT + "benchmarks..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random"));
  }

  /** So a store, as that of the simulator, can hear of every step, also of those ignored. */
  @Test
  void oneClassCallsTheLifecycle() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.longshore..")
            .and()
            .doNotBelongToAnyOf(JobWrites.class)
            .should()
            .callMethod(Lifecycle.class, "apply", Job.class, JobEvent.class, long.class));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.longshore.(**)").should().beFreeOfCycles());
  }

  @Test
  void noMutableStatics() {
    Set<String> mutable = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaField field : type.getFields()) {
        Set<JavaModifier> modifiers = field.getModifiers();
        if (modifiers.contains(JavaModifier.STATIC)
            && !modifiers.contains(JavaModifier.FINAL)
            && !modifiers.contains(JavaModifier.SYNTHETIC)) {
          mutable.add(field.getFullName());
        }
      }
    }
    assertThat(mutable).isEmpty();
  }

  private static boolean isHandler(JavaClass type) {
    return type.getPackageName().startsWith(ROOT + "functions")
        && outermost(type).endsWith("Handler");
  }

  private static String outermost(JavaClass type) {
    return type.getName().split("\\$", 2)[0];
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }
}
