"""What all trainings have in common."""

import torch
from torch import nn


class Player:
    """A network and its optimizer."""

    def __init__(self, network, settings, rate=None):
        self.network = network
        self.clip = settings["clip"]
        self.weights = list(network.parameters())
        self.adam = torch.optim.Adam(
            self.weights,
            settings["learning-rate"] if rate is None else rate,
            (float(settings.get("beta1", 0.9)), float(settings.get("beta2", 0.999))),
        )

    def step(self, loss):
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        if self.clip > 0:
            nn.utils.clip_grad_norm_(self.weights, self.clip)
        self.adam.step()

    def size(self):
        return sum(weight.numel() for weight in self.weights)


class Average:
    """An exponential moving average of weights."""

    def __init__(self, player, decay):
        self.weights = player.weights
        self.decay = decay
        self.average = [weight.detach().clone() for weight in self.weights] if decay > 0 else []

    @torch.no_grad()
    def update(self, step):
        if self.average:
            decay = min(self.decay, (1 + step) / (10 + step))
            torch._foreach_lerp_(self.average, self.weights, 1 - decay)


class Minimisation:
    """A network that minimises one loss, a function of (network, step)."""

    def __init__(self, network, settings, loss):
        self.player = Player(network, settings)
        self.average = Average(self.player, settings["ema"])
        self.loss = loss

    def update(self, step):
        loss = self.loss(self.player.network, step)
        self.player.step(loss)
        self.average.update(step + 1)
        return loss.item()

    def lay_out(self, layout):
        self.player.network.to(memory_format=layout)

    def size(self):
        return self.player.size()


class Contest:
    """A generator and a critic in turn, each with a loss that is a function of (network, step)."""

    def __init__(self, generator, critic, settings, generator_loss, critic_loss):
        self.generator = Player(generator, settings)
        critic_rate = settings["learning-rate"] * settings["critic-rate"]
        self.critic = Player(critic, settings, critic_rate)
        self.average = Average(self.generator, settings["ema"])
        self.rounds = settings["critic-steps"]
        self.generator_loss = generator_loss
        self.critic_loss = critic_loss

    def update(self, step):
        for round in range(self.rounds):
            self.critic.step(self.critic_loss(self.critic.network, step * self.rounds + round))
        self.critic.network.requires_grad_(False)
        loss = self.generator_loss(self.generator.network, step)
        self.generator.step(loss)
        self.critic.network.requires_grad_(True)
        self.average.update(step + 1)
        return loss.item()

    def lay_out(self, layout):
        self.generator.network.to(memory_format=layout)
        self.critic.network.to(memory_format=layout)

    def size(self):
        return self.generator.size() + self.critic.size()
