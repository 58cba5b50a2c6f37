package dev.graft.model.language;

class TextExternalOnnxTest extends TextExternalContract {
  @Override
  protected String yaml() {
    return LanguageFiles.onnx();
  }
}
