# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3. Criteria: how do we split our customers?
#
# Answer from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show.criteria import choice, pieces
from segkit.show.criteria import comparison as compare
from segkit.widgets import history
from segkit.widgets.criteria import questions as ask
from segkit.widgets.criteria.three_ways import three_ways

wb = open_workbook()
frame.opening(wb, "criteria")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you see your customers split in three ways, and choose one.
#
# **You need** the data from notebook 2.
#
# There is no single right answer. A business can split its customers a dozen ways; the best one is the one that helps you reach
# your goals, and that you can explain to a new colleague in a minute.

# %% [markdown]
# ## What we suggest

# %%
choice.recommended(wb)

# %% [markdown]
# ## The three ways
#
# Look at each in turn. What you can change about a way is folded under a question.

# %%
three_ways(wb)

# %%
pieces.rhythm(wb)

# %% [markdown]
# ## Choose

# %%
ask.method(wb)

# %% [markdown] tags=["report"]
# ### How we split our customers

# %% tags=["report"]
choice.chosen(wb)

# %% [markdown] tags=["report"]
# ### How far to trust it

# %% tags=["report"]
choice.verdict(wb)

# %% [markdown]
# <details><summary>What the verdicts mean</summary>
#
# - **Natural**: the groups exist, with valleys between them. Few businesses have them. Natural does not yet mean useful: look at the money, too.
# - **Reproducible**: not natural, but the same groups are found again and again. Good to work with.
# - **Constructed**: the lines are yours. Useful as long as nobody takes them for nature.
# - **None**: the data hold no groups in these variables. Choose other variables, split by hand, or treat all alike.
#
# </details>

# %% [markdown]
# You can go on to [4. Profiles: who are they?](04_profiles.ipynb) now. The questions below are for when you hesitate between two ways:
# open the one that you have.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Which way keeps to what you asked for?
#
# In notebook 1 you said what a segment should be, before you saw any.

# %%
choice.asked_for(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## How do the ways differ?
#
# The same customers, split in several ways; one of them looks at another base altogether. **Stability** says how alike the segments come
# out when other customers had happened to walk in: the workbook draws your customers anew, many times over, and compares.

# %%
ask.other_base(wb)

# %%
compare.side_by_side(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Would they have told you who buys next?
#
# Suppose you had formed the segments some time ago. The workbook forms them from the first two thirds of the time alone, and looks at
# what the same customers bought in the last third.

# %%
compare.look_ahead(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## What else can customers be told apart by?
#
# There are five ways to look at a customer; each needs data of its own.

# %%
pieces.bases_compared(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Why is this customer in that segment?
#
# A colleague asks: “Why is *she* in that segment?” Type a customer's number. Neither the number nor the answer goes into the report.

# %%
ask.why_customer(wb)

# %% [markdown]
# ## Try it
#
# In “by hand”, split by money alone, in four bands. Then by money and recency in two bands each (or by two other attributes, if your
# data lack these). Both give four pots. Which would you rather explain to the person at the till?
#
# <details><summary>A hint</summary>What would you do differently for the second and the third pot of money?</details>
#
# <details><summary>One good answer</summary>Money and recency: “spends a lot, quiet lately” calls for another deed than “spends a lot,
# here last week”. Four bands of money differ only in more or less of the same.</details>

# %% [markdown]
# ## Check yourself
#
# - Can you say in one sentence who belongs to each segment?
# - Do you know how stable your segments are?
# - Is your smallest segment worth a plan of its own?
#
# **You now have** segments, and an honest word on how far they carry.
#
# **Next:** [4. Profiles: who are they?](04_profiles.ipynb)
