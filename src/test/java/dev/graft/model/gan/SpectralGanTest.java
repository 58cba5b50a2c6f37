package dev.graft.model.gan;

/** The same contract with a spectrally normalised critic, whose directions are in checkpoints. */
class SpectralGanTest extends GanFamilyTest {
  @Override
  protected String definitionYaml() {
    return super.definitionYaml().replace("hidden: 16}", "hidden: 16, spectral: true}");
  }
}
