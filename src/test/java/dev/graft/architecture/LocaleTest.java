package dev.graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Files and their names have the same digits, points and commas on every machine. */
@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class LocaleTest {
  @ArchTest
  static final ArchRule noTextInTheLocaleOfTheMachine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.graft.cli")
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .because("what is said lands in files: Locale.ROOT");
}
