package dev.graft.model.language;

class TextExternalTorchScriptTest extends TextExternalContract {
  @Override
  protected String yaml() {
    return LanguageFiles.torchScript("words.pt");
  }
}
