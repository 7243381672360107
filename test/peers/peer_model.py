"""The model that Carryscope has open, in TransformerLens, from {config, parameters} as a peer script is given them."""

import torch
from transformer_lens import HookedTransformer, HookedTransformerConfig


def build(config, parameters):
    model = HookedTransformer(
        HookedTransformerConfig(
            n_layers=config["n_layers"],
            n_heads=config["n_heads"],
            d_model=config["d_model"],
            d_head=config["d_head"],
            d_vocab=config["d_vocab"],
            n_ctx=config["n_ctx"],
            eps=config["eps"],
            normalization_type=config["normalization_type"],
            attn_only=True,
            default_prepend_bos=False,
            device="cpu",
        )
    )
    state = {
        name: torch.tensor(value["data"], dtype=torch.float32).reshape(value["shape"])
        for name, value in parameters.items()
    }
    unknown = model.load_state_dict(state, strict=False).unexpected_keys
    assert not unknown, unknown
    return model
