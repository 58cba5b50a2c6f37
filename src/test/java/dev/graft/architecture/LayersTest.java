package dev.graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.graft.stage.Stage;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;

/** Holds the order of the packages that ARCHITECTURE.md draws. */
@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class LayersTest {
  private static final String ROOT = "dev.graft.";

  /** From the top down; packages of one rank may use each other, without cycles. */
  private static final List<Set<String>> RANKS =
      List.of(
          Set.of("cli"),
          Set.of("workflow"),
          Set.of("ingest", "train", "generate", "evaluate", "publish", "report"),
          Set.of("select", "score"),
          Set.of("model"),
          Set.of("modality"),
          Set.of("stage"),
          Set.of("spec", "runner"),
          Set.of("data"));

  @ArchTest
  static final ArchRule everyPackageHasARank =
      classes()
          .should(
              new ArchCondition<>("be in a package that has a rank") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (rank(type) < 0) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " is in no package of the layer diagram"));
                  }
                }
              });

  @ArchTest
  static final ArchRule arrowsNeverTurnBack =
      classes()
          .should(
              new ArchCondition<>("depend only on packages of their own rank or below") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    int target = rank(dependency.getTargetClass());
                    if (target >= 0 && target < rank(type)) {
                      events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                  }
                }
              });

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.graft.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule dataUsesNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("dev.graft.data..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are in other packages of Graft",
                  type -> type.getName().startsWith(ROOT) && !top(type).equals("data")));

  @ArchTest
  static final ArchRule cliIsUsedByNobody =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.graft.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.graft.cli..");

  /**
   * Models, scorers, selection and metrics are plain functions; a transform or stage wires them.
   */
  @ArchTest
  static final ArchRule coresKnowNoBeam =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.graft.model..",
              "dev.graft.score..",
              "dev.graft.select..",
              "dev.graft.evaluate..")
          .and(
              DescribedPredicate.describe(
                  "are not wiring (a Stage, a PTransform or a DoFn, or inside one)",
                  type -> !isWiring(type)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  private static boolean isWiring(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.isAssignableTo(Stage.class)
        || outermost.isAssignableTo(PTransform.class)
        || outermost.isAssignableTo(DoFn.class);
  }

  private static String top(JavaClass type) {
    String rest = type.getName().substring(ROOT.length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : "";
  }

  private static int rank(JavaClass type) {
    JavaClass element = type.isArray() ? type.getBaseComponentType() : type;
    if (!element.getName().startsWith(ROOT)) {
      return -1;
    }
    String top = top(element);
    for (int rank = 0; rank < RANKS.size(); rank++) {
      if (RANKS.get(rank).contains(top)) {
        return rank;
      }
    }
    return -1;
  }
}
