package dev.graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.values.TupleTag;

/**
 * On a cluster Beam is in the class path of the processes, and each job brings Graft's classes in a
 * class loader of its own: what Beam finds or counts by itself is then another thing than in the
 * launcher.
 */
@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class ClusterClassesTest {
  @ArchTest
  static final ArchRule beamReadsNoClassOfOurs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(SerializableCoder.class)
          .because("Beam's class loader does not know the classes of a job: data.RecordCoder does");

  /** A tag without a name is numbered by how often its class was loaded in a process. */
  @ArchTest
  static final ArchRule tagsHaveNames =
      noClasses().should(ArchConditions.callConstructor(TupleTag.class));
}
