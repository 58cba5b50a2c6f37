package dev.graft.model.external;

class OnnxGeneratorTest extends ExternalGeneratorContract {
  @Override
  protected String definitionYaml() {
    return """
        family: external
        architecture:
          file: %s
          noise: {shape: [4], distribution: uniform, range: [0, 1]}
          label: {as: one-hot, classes: [top, middle, bottom]}
          image: {channels: 1, height: 8, width: 8, layout: hwc, range: [0, 255]}
        compute: {batch: 8}
        """
        .formatted(ExternalFiles.section("bands.onnx"));
  }
}
