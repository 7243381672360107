#!/usr/bin/env bash
# safetensors 0.8.0: a complex torch tensor that comes from conj() is saved as it was before conj(). torch conjugates by setting a bit and leaves the
# numbers in memory alone; save, save_file and save_model write that memory. No error, no warning, and torch.save of the very same tensor is right.
# contiguous(), detach(), Parameter and slices keep the bit, and what torch.fft.ihfft returns has it. Fourier components of W_E or W_U, by which
# models of modular addition are read, so come back with the sign of each phase turned: rotations run backwards,
# and products in which phases should cancel have them doubled. Amplitudes are right, so that every check on them passes. resolve_conj()
# before saving, clone() or any arithmetic is the cure.
# Seen, with random W_U onto twelve answers, and the same shifted by 5: from the conjugate spectrum their correlation peaks at 5, and at 2 once
# that was saved and loaded; by torch.save, or after resolve_conj(), at 5. A saved ihfft of real numbers comes back as its conjugate.
# Source: https://github.com/safetensors/safetensors/issues/831 tells of the bit; nothing found on spectra and ihfft.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/save.py" <<'PYTHON'
import io, sys, warnings, safetensors, torch
from safetensors.torch import load, load_file, save, save_file, save_model
warnings.simplefilter("error")
path = sys.argv[1] + "/spectrum.safetensors"
P, shift = 12, 5
torch.manual_seed(0)
W_U = torch.randn(4, P)  # onto the answers of addition mod 12
shifted = W_U.roll(shift, -1)
conjugate = torch.fft.fft(W_U).conj()
version = safetensors.__version__

def peak(conjugate):
    """The shift at which W_U and shifted, by way of their spectra, agree most."""
    return torch.fft.ifft(conjugate * torch.fft.fft(shifted)).real.sum(0).argmax().item()

class Spectrum(torch.nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = torch.nn.Parameter(value)

def by_file(value):
    save_file({"value": value}, path)
    return load_file(path)["value"]

def by_model(value):
    save_model(Spectrum(value), path)
    return load_file(path)["value"]

def by_torch(value):
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return torch.load(file)

apart = lambda one, other: (one - other).abs().max().item()
for name, saved in (
    ("save", lambda value: load(save({"value": value}))["value"]),
    ("save_file", by_file),
    ("save_model", by_model),
    ("torch.save", by_torch),
):
    for made, value in (
        ("conj()", conjugate),
        ("conj().contiguous()", conjugate.contiguous()),
        ("conj().detach()", conjugate.detach()),
        ("conj().clone()", conjugate.clone()),
        ("conj().resolve_conj()", conjugate.resolve_conj()),
        ("conj() * 1", conjugate * 1),
    ):
        found = saved(value)
        print(f"safetensors {version}, {name} of {made}: {apart(found, value):.1f} from what was saved, {apart(found, value.conj()):.1f} from its conjugate; "
              f"correlation peaks at a shift of {peak(found)}, before saving {peak(value)}")
        assert peak(value) == shift and apart(found.abs(), value.abs()) == 0
        is_lost = name != "torch.save" and made in ("conj()", "conj().contiguous()", "conj().detach()")
        assert apart(found, value.conj() if is_lost else value) == 0 and (peak(found) != shift) == is_lost, f"{name} treats {made} otherwise now"

    inverse = torch.fft.ihfft(W_U)
    found = saved(inverse)
    print(f"  of ihfft: {apart(found, inverse):.1f} from what was saved")
    assert apart(inverse, torch.fft.rfft(W_U).conj() / P) < 1e-6 and apart(found, inverse if name == "torch.save" else inverse.conj()) == 0
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "numpy==2.4.6" "safetensors==0.8.0"
"$folder/venv/bin/python" "$folder/save.py" "$folder"
