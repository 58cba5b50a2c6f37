package dev.graft.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A row depends on spec, data and seed only. Below the launcher (the packages {@code cli} and
 * {@code workflow}) nothing may ask the clock or draw from a generator that is not keyed.
 */
@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class DeterminismTest {
  private static final Set<Class<?>> CLOCKS =
      Set.of(
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          ZonedDateTime.class,
          OffsetDateTime.class);

  @ArchTest
  static final ArchRule noUnkeyedRandomness =
      belowTheLauncher()
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SecureRandom.class)
          .because("rows must be the same at any parallelism and after any retry: CounterRandom");

  @ArchTest
  static final ArchRule noClock =
      belowTheLauncher()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Date.class)
          .orShould()
          .accessTargetWhere(
              target(nameMatching("now|systemUTC|systemDefaultZone"))
                  .and(target(owner(readsTheClock())))
                  .as("a clock is read"))
          .because("what is published may not depend on when it was made");

  private static GivenClassesConjunction belowTheLauncher() {
    return noClasses().that().resideOutsideOfPackages("dev.graft.cli..", "dev.graft.workflow..");
  }

  private static DescribedPredicate<JavaClass> readsTheClock() {
    return DescribedPredicate.describe(
        "a clock",
        type -> type.isEquivalentTo(Clock.class) || CLOCKS.stream().anyMatch(type::isEquivalentTo));
  }
}
