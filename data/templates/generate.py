"""Write the standard questionnaires (XLSForm, six languages), before and after a campaign.

python data/templates/generate.py [FOLDER]
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from campaigns.questionnaire_form import FORMS, workbook  # noqa: E402

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for name, wave in FORMS.items():
        (folder / name).write_bytes(workbook(wave))
