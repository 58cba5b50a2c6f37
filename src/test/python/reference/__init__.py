"""The networks and training steps of Graft's families in plain PyTorch, to compare speeds with."""

from . import adversarial, autoregressive, began, flow, vae

# By family: what is trained, each a function of (definition, pictures) that gives a Training.
FAMILIES = {
    "vae": {"": vae.training},
    "gan": {"": adversarial.gan},
    "wgan-gp": {"": adversarial.wgan_gp},
    "began": {"": began.training},
    "autoregressive": {"tokenizer": autoregressive.tokenizer, "prior": autoregressive.prior},
    "flow": {"": flow.training},
}
